"""The yearly statement of a member's JHT and JP on paper: dataclasses in, a PDF out; no clock, no database."""
