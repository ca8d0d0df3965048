/** What `template --help` prints. */
export const templateHelp = `Prints what helm template of Helm 4.1.4 prints, without Helm, a cluster or a connection.

  chassis-configurator template [NAME] CHART [OPTIONS]

CHART is a folder or a .tgz. NAME is the release's, release-name where none is given.

Values, the later over the earlier:
  -f, --values FILE            a values file, - for standard input; several with commas or -f again
      --set-json PATH=JSON     a value in JSON, or a whole table: '{"a": 1}'
      --set PATH=VALUE,…       numbers, true, false and null as what they are, all else as text
      --set-string PATH=TEXT   always text
      --set-file PATH=FILE     what a file holds, as text
      --set-literal PATH=TEXT  text in which no character has a meaning of its own

The release:
      --name NAME              its name, for those who write the chart first
      --name-template TEXT     its name, made by a template
  -g, --generate-name          release-name, as without it
  -n, --namespace NAME         its namespace, default where none is given
      --is-upgrade             an upgrade, not an installation
      --kube-version VERSION   the cluster's version
  -a, --api-versions NAMES     what else the cluster offers, such as monitoring.coreos.com/v1

What is printed:
  -s, --show-only FILE         only what this template gives, such as templates/service.yaml
      --include-crds           also the definitions in crds/
      --no-hooks               no hooks
      --skip-tests             no tests
      --skip-schema-validation whatever values.schema.json says of the values
      --output-dir DIR         writes files into a folder instead
      --release-name           below a folder of the release's name in it
      --dry-run=client         as without it
      --debug                  also Helm's log, and what was rendered before an error
      --show-volatile          also which lines the next installation would write differently

The other options of helm template, about clusters and downloads, are taken and change nothing;
--dependency-update, --dry-run=server, --enable-dns, --post-renderer, --repo, --validate and
--verify need what is not here, and end with a sentence that says so.
`
