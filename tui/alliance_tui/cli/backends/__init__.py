"""Analysis of many documents: on processes of this machine, a cluster, or an executor by name."""
