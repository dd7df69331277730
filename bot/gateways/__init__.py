"""The payment gateways that we can speak to, each behind the port of ``domain.finance.gateway``."""
