/** Tells open pages what waits on this device. */
import { shownAnswers } from "/assets/js/worker/answers.js";
import { worker } from "/assets/js/worker/photos.js";
import { shownReports } from "/assets/js/worker/reports.js";

export async function tell() {
  const [unsent, { answers, others }] = await Promise.all([shownReports(), shownAnswers()]);
  for (const page of await worker.clients.matchAll({ includeUncontrolled: true })) page.postMessage({ unsent, answers, others });
}
