"""The fictional retailer Harbour & Pine: plain content, and what turns it into rows."""
