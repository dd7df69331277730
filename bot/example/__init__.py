"""The example center that `rollcall seed` and `rollcall demo` load: a studio to try everything with."""
