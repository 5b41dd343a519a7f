import {
  boolean,
  contact,
  date,
  grades,
  id,
  identifiers,
  ids,
  must,
  number,
  oneOf,
  text,
  type Column,
} from './column-kinds.ts';

/**
 * OneRoster 1.2 CSV binding, https://www.imsglobal.org/spec/oneroster/v1p2 (§ CSV): the files that are loaded and the
 * columns that the platform keeps. Columns named in the standard but not here are accepted and not kept: less is safer.
 */
export const loadedFiles = {
  orgs: {
    name: must(text('name')),
    type: must(oneOf('type', 'department', 'school', 'district', 'local', 'state', 'national')),
    identifier: text('identifier', 64),
    parentSourcedId: id('parent'),
    'metadata.digione.schoolType': oneOf('school_type', '11', '12', '15', '19', '21'),
  },
  academicSessions: {
    title: must(text('title')),
    type: must(oneOf('type', 'gradingPeriod', 'semester', 'schoolYear', 'term')),
    startDate: must(date('start_date')),
    endDate: must(date('end_date')),
    parentSourcedId: id('parent'),
    schoolYear: must(number('school_year')),
  },
  courses: {
    title: must(text('title')),
    courseCode: text('course_code', 64),
    orgSourcedId: must(id('org')),
    subjectCodes: text('subject_codes', 64),
  },
  classes: {
    title: must(text('title')),
    grades: grades('grade'),
    courseSourcedId: id('course'),
    classType: must(oneOf('class_type', 'homeroom', 'scheduled')),
    schoolSourcedId: must(id('school')),
    termSourcedIds: ids('terms'),
    'metadata.digione.language': text('language', 3),
  },
  users: {
    enabledUser: boolean('enabled'),
    username: text('username', 255),
    userIds: identifiers('user_ids'),
    givenName: must(text('given_name')),
    familyName: must(text('family_name')),
    middleName: text('middle_name', 100),
    email: contact('email', 320),
    sms: contact('sms', 40),
    phone: contact('phone', 40),
    agentSourcedIds: ids('agents'),
    userMasterIdentifier: text('master', 64),
    preferredGivenName: text('preferred_name'),
    'metadata.digione.language': text('language', 3),
    'metadata.digione.address': text('address', 500),
  },
  demographics: { birthDate: date('birth_date') },
  roles: {
    userSourcedId: must(id('person')),
    role: must(
      oneOf(
        'role',
        ...['aide', 'counselor', 'districtAdministrator', 'guardian', 'parent', 'principal', 'proctor'],
        ...['relative', 'siteAdministrator', 'student', 'systemAdministrator', 'teacher'],
      ),
    ),
    beginDate: date('begin_date'),
    endDate: date('end_date'),
    orgSourcedId: must(id('org')),
  },
  enrollments: {
    classSourcedId: must(id('class')),
    schoolSourcedId: must(id('school')),
    userSourcedId: must(id('person')),
    role: must(oneOf('role', 'administrator', 'proctor', 'student', 'teacher')),
    primary: boolean('is_primary'),
    beginDate: date('begin_date'),
    endDate: date('end_date'),
  },
  categories: { title: must(text('title')), weight: number('weight') },
  lineItems: {
    title: must(text('title')),
    description: text('description', 2_000),
    assignDate: must(date('assign_date')),
    dueDate: must(date('due_date')),
    classSourcedId: must(id('class')),
    categorySourcedId: must(id('category')),
    academicSessionSourcedId: must(id('session')),
    resultValueMin: number('result_min'),
    resultValueMax: number('result_max'),
    schoolSourcedId: must(id('school')),
  },
  results: {
    lineItemSourcedId: must(id('line_item')),
    studentSourcedId: must(id('person')),
    scoreStatus: must(
      oneOf('score_status', 'exempt', 'fully graded', 'not submitted', 'partially graded', 'submitted'),
    ),
    score: number('score'),
    scoreDate: must(date('score_date')),
    comment: text('comment', 2_000),
    textScore: text('text_score', 64),
    classSourcedId: id('class'),
    inProgress: boolean('in_progress'),
    incomplete: boolean('incomplete'),
    late: boolean('late'),
    missing: boolean('missing'),
  },
  scoreScales: {
    title: must(text('title')),
    type: must(text('type', 64)),
    orgSourcedId: must(id('org')),
    courseSourcedId: id('course'),
    classSourcedId: id('class'),
    scoreScaleValue: must(text('scale', 2_000)),
  },
} as const satisfies Record<string, Record<string, Column>>;

export type LoadedFile = keyof typeof loadedFiles;

/** Columns of the standard that are not kept; anything else in a header is a stranger and is reported. */
export const unkeptColumns: Partial<Record<LoadedFile, readonly string[]>> = {
  courses: ['schoolYearSourcedId', 'grades', 'subjects'],
  classes: ['classCode', 'location', 'subjects', 'subjectCodes', 'periods'],
  users: [
    ...['identifier', 'grades', 'password', 'preferredMiddleName', 'preferredFamilyName', 'primaryOrgSourcedId'],
    'pronouns',
  ],
  demographics: [
    ...['sex', 'americanIndianOrAlaskaNative', 'asian', 'blackOrAfricanAmerican', 'white', 'countryOfBirthCode'],
    ...['nativeHawaiianOrOtherPacificIslander', 'demographicRaceTwoOrMoreRaces', 'hispanicOrLatinoEthnicity'],
    ...['stateOfBirthAbbreviation', 'cityOfBirth', 'publicSchoolResidenceStatus'],
  ],
  roles: ['roleType', 'userProfileSourcedId'],
};

/** Recognised and reported, not loaded: nothing in the platform reads them. */
export const unloadedFiles = [
  'classResources',
  'courseResources',
  'lineItemLearningObjectiveIds',
  'lineItemScoreScales',
  'resources',
  'resultLearningObjectiveIds',
  'resultScoreScales',
  'userProfiles',
  'userResources',
] as const;

export const bundleFileNames: readonly string[] = [...Object.keys(loadedFiles), ...unloadedFiles].sort();

export function columnsOf(file: LoadedFile): Record<string, Column> {
  return loadedFiles[file];
}

/** Dependencies first: what a file refers to has been merged before it. */
export const loadOrder: readonly LoadedFile[] = Object.keys(loadedFiles) as LoadedFile[];

export function isLoadedFile(name: string): name is LoadedFile {
  return Object.hasOwn(loadedFiles, name);
}
