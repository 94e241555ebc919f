"""Fault suite: hostile input and a hostile environment for every surface, at random and for as long as wanted."""
