"""The funds: for those who invest them, check them, project them and answer for them."""
