export { demoDirectory, type DemoDirectory, type DirectoryPerson } from './demo-directory.ts';
