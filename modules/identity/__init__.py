"""Local accounts: pass-phrases, second factors, links, and brakes against guessing. No HTTP."""
