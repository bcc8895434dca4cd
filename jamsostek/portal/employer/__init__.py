"""An employer's own pages: workers, lists, units, projects, facts of the company, cards."""
