"""The month's billing for offices: start it, watch it, see what it made and whom it left out."""
