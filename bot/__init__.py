"""The Discord side: commands in, deliveries out; and the command line."""
