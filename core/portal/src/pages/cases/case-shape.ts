/** A family's question to the school, as the core gives it. */
export interface CaseView {
  id: string;
  child: { id: string; name: string };
  school: string | null;
  askedRole: string;
  askedAt: string;
  question: string;
  about: { event: string; at: string; action: string; plugin: string | null; who: string | null } | null;
  answer: { text: string; role: string; at: string } | null;
}
