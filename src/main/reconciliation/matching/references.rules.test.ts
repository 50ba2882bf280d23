import { describe, expect, it } from 'vitest';
import { bankReferences, bookReferences, referencesInField, referencesInText, referenceWords } from './references.rules.ts';

describe('references in a text', () => {
	it.each([
		// What stands there                          what it refers to
		['PAYMENT KILIMO GROWERS CHQ 967370', ['cheque 967370']],
		['Payment Kilimo chq 042562', ['cheque 42562']],
		['CHEQUE NO. 0000123', ['cheque 123']],
		['Check #881 Harbour', ['cheque 881']],
		['CK 100471', ['cheque 100471']],
		['CK100471', ['cheque 100471']],
		['No. 100471 Harbour', ['cheque 100471']],
		['Rent no. 100471', ['cheque 100471']],
		['Account no. 100471', []],
		['Invoice no. 417', ['INV 417']],
		['INV-2041', ['INV 2041']],
		['Inv 2041 and INV/2042', ['INV 2041', 'INV 2042']],
		['DEP 5531', ['DEP 5531']],
		['CARD 260103', ['CARD 260103']],
		['FT24031XQ7', ['FT 24031XQ7']],
		['REF FT260406J1M GOVT PMT', ['FT 260406J1M']],
		['REF INV-2041', ['INV 2041']],
		['QGH7SK61SU', ['receipt QGH7SK61SU']],
		['Receipt qgh7sk61su', ['receipt QGH7SK61SU']],
		['KX-20417 delivery', ['KX 20417']],
		// No references
		['SALARIES 2024-01', []],
		['JAN2024 rent', []],
		['deposit 31/01/2024', []],
		['RECEIPT SAFARI TOURS', []],
		['checkout desk 4', []],
		['SUPERMARKET', []],
		['1234567890', []],
	])('%s', (text, references) => {
		expect(referencesInText(text).map(referenceWords)).toEqual(references);
	});

	it('gives the same for the same number whatever its zeros and signs', () => {
		expect(referencesInText('chq 0042')).toEqual(referencesInField('00042'));
		expect(referencesInText('inv 17/22')).toEqual(referencesInText('Invoice no: 17-22'));
	});
});

describe('a field meant for a reference', () => {
	it.each([
		['967370', ['cheque 967370']],
		['chq 967370', ['cheque 967370']],
		['RF18 5390 0754 7034', ['reference RF18539007547034']],
		['NOTPROVIDED', []],
		['12', []],
		['', []],
	])('%s', (text, references) => {
		expect(referencesInField(text).map(referenceWords)).toEqual(references);
	});
});

describe("the bank's own id", () => {
	it.each([
		['the id in the text', { description: 'FT24031XQ7 RECEIPT', reference: null, bankId: 'FT24031XQ7' }, []],
		['the id as reference', { description: 'RECEIPT', reference: 'B00031', bankId: 'B00031' }, []],
		['the id as reference with other zeros', { description: 'RECEIPT', reference: '31', bankId: '0031' }, []],
		['a cheque beside the id', { description: 'B00031 CHQ 967370', reference: null, bankId: 'B00031' }, ['cheque 967370']],
		['a short id leaves numbers alone', { description: 'CHQ 967370', reference: null, bankId: '7' }, ['cheque 967370']],
		['no id', { description: 'CHQ 967370', reference: '967370', bankId: null }, ['cheque 967370']],
	])('is no reference: %s', (_what, line, references) => {
		expect(bankReferences(line).map(referenceWords)).toEqual(references);
	});
});

describe('the references of a ledger line', () => {
	it('come from line, entry, memo and description; an external number of digits alone is none', () => {
		const line = { description: 'Payment chq 967370', memo: 'INV-2041', references: ['DEP 5531', '0967370'], externalNo: '1045' };
		expect(bookReferences(line).map(referenceWords)).toEqual(['DEP 5531', 'cheque 967370', 'INV 2041']);
		expect(bookReferences({ ...line, externalNo: 'INV-77' }).map(referenceWords)).toContain('INV 77');
	});
});
