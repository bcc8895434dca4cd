"""Outreach of a region: campaigns and their meetings, who came, reminders, how far people came; agents and their codes."""
