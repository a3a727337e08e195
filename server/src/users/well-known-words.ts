/** What passwords of people who were asked for a long one are made of, in lower case. */
export const wellKnownWords: readonly string[] = [
  ..."password passwort passwd motdepasse contrasena wachtwoord parola senha kennwort passphrase".split(" "),
  ..."admin administrator root user guest login welcome willkommen bienvenue changeme letmein".split(" "),
  ..."secret geheim default public private master system server database manager support service".split(" "),
  ..."qwertyuiop qwerty azertyuiop azerty qwertzuiop qwertz asdfghjkl asdfgh zxcvbnm yxcvbnm".split(" "),
  ..."1234567890 0987654321 123456789 12345678 1234567 123456 12345 1234 abcdefghijkl abcdef abcd".split(" "),
  ..."1q2w3e4r5t 1q2w3e4r qazwsxedc qazwsx zaq12wsx 1qaz2wsx 3edc4rfv abc123 iloveyou trustno1".split(" "),
  ..."dragon monkey football baseball soccer hockey superman batman spiderman pokemon starwars".split(" "),
  ..."sunshine princess shadow whatever freedom flower summer winter spring autumn january".split(" "),
  ..."michael jennifer jordan charlie thomas jessica daniel andrew ashley hunter killer".split(" "),
  ..."correcthorsebatterystaple correct horse battery staple loremipsum dolor".split(" "),
  ..."corbenic perceval quandela photon photonic quantum lancelot galahad holygrail".split(" "),
];
