"""Tags of templates: `words` says texts and values, `parts` draws components."""
