/** What a password is for. Found again by these words where it comes as a text. */
export const secretWords = {
  "secret.wifi": (p: { network: string }) => `the password of the Wi-Fi network ${p.network}`,
  "secret.proxy": (p: { server: string }) => `the password for the proxy ${p.server}`,
  // name: of a share or a bucket, as the settings call it
  "secret.place": (p: { name: string }) => `the password for ${p.name}`,
  "secret.bucket": (p: { name: string }) => `the secret access key for ${p.name}`,
};
