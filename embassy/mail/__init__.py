"""What staff are told by mail, and the mailbox of development."""
