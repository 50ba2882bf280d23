/** A bug that was logged where it happened, on its way to whoever asked: neutral words and the incident id to quote. */
export class ProgramFault extends Error {
	override readonly name = 'ProgramFault';
	/** Such as `LS-7F3K-92QD`; the log has the details under it. */
	readonly incident: string;

	constructor(incident: string, message = `The program made a mistake. Nothing was half done. Report incident ${incident}; the log has the details.`) {
		super(message);
		this.incident = incident;
	}
}
