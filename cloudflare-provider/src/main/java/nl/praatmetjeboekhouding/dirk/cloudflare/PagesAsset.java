package nl.praatmetjeboekhouding.dirk.cloudflare;

import nl.praatmetjeboekhouding.dirk.cloudflare.assets.AssetFile;

/** A file and the name of its content. */
record PagesAsset(AssetFile file, String hash) {}
