/** What the settings of sections/vm.ts are for, a sentence each. */
export const vm = {
  'vm.path': 'Where the files of the bundle are copied to on the machine.',
  'vm.subnet': 'A fixed network, so that the application knows which address its proxy has.',
  'vm.zeroDowntime': 'Starts each new version beside the old one, and lets the proxy change over when it is ready.',
  'vm.systemd': "Lets systemd keep the container running, instead of Docker's restart policy.",
  'vm.backup': 'A container beside the service writes dumps of the database to a volume, and a script restores them.',
  'vm.backupHours': 'The time from one dump to the next.',
  'vm.backupDays': 'Older dumps are deleted, but never the newest one.',
  'vm.proxyDigest': 'Pins the exact image of the reverse proxy in the stack.',
  'vm.openFiles': 'How many files and connections the application may have open at once.',
  'vm.logMaxSize': 'A log file is rotated at this size.',
  'vm.logMaxFile': 'How many rotated log files are kept.',
}
