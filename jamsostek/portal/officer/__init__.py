"""The office's own pages: queues, people, employers, sponsors, two numbers that may be one, and what the head office keeps."""
