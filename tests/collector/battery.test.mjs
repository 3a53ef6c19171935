import { battery, survivalBattery } from './battery.mjs';
import { startCollector, startNodeBackend } from './backends.mjs';

battery('avow-collector', startCollector);
battery('backend.mjs', startNodeBackend);
survivalBattery('backend.mjs', startNodeBackend, 5);
