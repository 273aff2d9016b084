"""`python -m groundup.home`: the home alone, without JupyterLab, as `groundup home` starts it."""

from .app import Home

if __name__ == "__main__":
    Home.launch_instance()
