// What the company's page adds to the notice: who was called, and where an answer goes.

import { countCalls } from '/live/calls.js';
import { followAnswer } from '/live/journey.js';
import { offerLine } from '/live/line.js';

countCalls(document.querySelectorAll('[data-hits]'));
followAnswer(document.querySelector('.journey'));
offerLine(document.querySelector('#open-line'), document.querySelector('#copy-line'));
