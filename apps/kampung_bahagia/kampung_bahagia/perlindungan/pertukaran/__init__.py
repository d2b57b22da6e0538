"""How packages reach BPJS and answers come back: `jalur` the two ways, `kotak_keluar` the outbox, `jawaban` what is
fetched, `https` the wire, `pemutus` the circuit breaker. The protocol stands in docs/adr/0014.
"""
