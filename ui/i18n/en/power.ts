export const power = {
  "power.button": "Power",
  "power.restart": "Restart",
  "power.shut-down": "Shut down",
  "power.title": "Restart or shut down?",
  "power.text":
    "Remove the rescue stick or disc when the screen goes dark, so that the computer starts from its own disk.",
  "power.running": "A job is running. Stop it first: otherwise its disk would not start.",
  "power.show-job": "Show the job",
  "power.restarting": "The computer restarts…",
  "power.shutting-down": "The computer shuts down…",
};
