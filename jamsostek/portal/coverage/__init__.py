"""What everybody may see of coverage: the dashboard, provinces, the published past, charts to link, embed and download."""
