"""The public pages that confirm certificates, for whoever was shown one."""
