"""What the buttons of each flow carry, a module a flow; ``handlers.callback_data`` speaks them all.

Their letters are two characters, the first of which tells the flow: ``.a``, ``.b`` … for sessions.
"""
