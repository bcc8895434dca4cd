"""A region's strategy: regulations, the plan, the half-yearly report; and who has done what in the nation."""
