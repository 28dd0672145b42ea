// MapLibre's worker, from the package's sources like the rest of it (maplibre.mjs).
import "../node_modules/maplibre-gl/src/source/worker.ts";
