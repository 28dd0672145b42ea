// The parts of MapLibre that the map uses, taken from the package's sources: bundled from there it is
// 110 kB smaller than its ready-made file, which holds everything it can do. The sources are no
// published entry points, so the version in package-lock.json is pinned, and a picture test
// (test/e2e/map.test.mjs) sees whether the map still draws.
import { config } from "../node_modules/maplibre-gl/src/util/config.ts";

export { Map } from "../node_modules/maplibre-gl/src/ui/map.ts";

export function setWorkerUrl(url) {
  config.WORKER_URL = url;
}
