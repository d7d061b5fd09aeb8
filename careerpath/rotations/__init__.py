"""Rotations (轮岗, 跟岗, 挂职, 以干代训, 下派): hosts, stays, reports, returns, evaluations, plans."""
