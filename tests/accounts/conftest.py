"""What the tests of members' money share."""
