"""Money: wallets, holds, payments, and the journal that proves them."""
