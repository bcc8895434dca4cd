"""`jamsostek serve`: one process tree, started in order, watched, stopped in order.

    serve (supervisor)      database, migrations, static files; then watches
      ├─ web                granian's main process: no Django inside
      │    └─ workers       the pages
      └─ jobs               procrastinate's worker

Each process watches its parent: when that is gone, however it went, it ends itself.
"""
