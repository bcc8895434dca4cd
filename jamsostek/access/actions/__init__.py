"""Every write about users: their grants, their accounts, the codes and tickets that bring them back in, their tokens."""
