/** What every page has: each part looks for its own marks and does nothing where there are none. */

import { startAutosave } from "./autosave.js";
import { startColumns } from "./columns.js";
import { startConfirm } from "./confirm.js";
import { startFields } from "./fields.js";
import { startFit } from "./fit.js";
import { startFrame } from "./frame.js";
import { startJobs } from "./job.js";
import { startLists } from "./filter.js";
import { startTypeahead } from "./typeahead.js";

startFrame();
startFields();
startTypeahead();
startLists();
startColumns();
startFit();
startConfirm();
startJobs();
startAutosave();
