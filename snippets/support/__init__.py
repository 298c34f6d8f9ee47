"""What the pages use to show the programs' numbers: number formats and figures. No program needs it to run."""
