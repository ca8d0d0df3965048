/** What the settings of sections/proxy.ts are for, a sentence each. */
export const proxy = {
  'proxy.kind': 'A service of the stack, or a file for the proxy that is installed on the machine; your own forwards to the port on 127.0.0.1.',
  'proxy.tls': "Gets them from Let's Encrypt for the host names, or reads yours; nginx only reads files.",
  'proxy.email': 'The address that the certificate authority writes to; may be empty.',
  'proxy.certificate': 'Where the certificate with its chain lies on the machine; for nginx a client such as certbot writes it.',
  'proxy.certificateKey': 'Where the private key of the certificate lies on the machine; it never enters the bundle.',
  'proxy.nginxVersion': 'What "nginx -v" says on the machine: only what that version understands is written.',
  'proxy.opensslVersion': 'What "nginx -V" says that it runs with; key exchange that resists quantum computers takes 3.5.',
  'proxy.publishDocs': 'Lets everyone reach /docs, /redoc and /openapi.json where the application serves them; else the proxy answers 404.',
  'proxy.publishMetrics': 'Lets everyone reach /metrics, which asks for no login; else the proxy answers 404.',
}
