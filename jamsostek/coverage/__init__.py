"""How far protection is from everyone: what was published, what the registry says, and what stands between them.

Published figures are kept as they were printed, with source and status; figures that disagree are shown as disagreeing.
"""
