/** Style sheets that the build takes along; a module's names are its classes. */
declare module '*.module.css' {
	const classes: Readonly<Record<string, string>>;
	// A style sheet has nothing else to give.
	export default classes;
}
declare module '*.css';
