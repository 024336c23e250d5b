"""Measurements that print what they saw and assert nothing."""
