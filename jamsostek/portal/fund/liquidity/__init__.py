"""Cash to come, cover ratios, stress tests."""
