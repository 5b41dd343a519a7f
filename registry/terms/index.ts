export { diffTerms, widens, type TermChange } from './terms-diff.ts';
