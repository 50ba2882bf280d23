import { addMonths, type CivilDate } from '#shared/kernel/civil-date.ts';
import { ACCOUNTS } from './accounts.ts';
import { roundedDown, share, shillings } from './amounts.ts';
import { isBankingDayFrom, isLastBankingDayOfMonth, isLastTradingDayOfMonth, monthName, weekday } from './calendar.ts';
import { payrollOf } from './payroll.ts';
import { credit, debit } from './sample-book.ts';
import { receiptCode, type Shop, transferReference } from './shop.ts';

const CARD_COMMISSION_BASIS_POINTS = 250;
const SWEEP_FEE = shillings(100);
const TRANSFER_FEE = shillings(120);
const ACCOUNT_FEE = shillings(1_450);
const PETTY_CASH_FLOAT = shillings(15_000);
const LOAN_INSTALMENT = shillings(50_000);
/** 14 % a year, for one month. */
const INTEREST_NUMERATOR = 14n;
const INTEREST_DENOMINATOR = 1_200n;

/** Mondays: petty cash is filled up to its float from the drawer; Saturdays: its vouchers of the week are booked. */
export function postPettyCash(shop: Shop, date: CivilDate): void {
	const week = `PC${date.slice(2).replaceAll('-', '')}`;
	if (weekday(date) === 1) {
		const missingMinor = PETTY_CASH_FLOAT - shop.book.balanceMinor(ACCOUNTS.pettyCash);
		shop.book.post(date, 'Petty cash filled up', [
			debit(ACCOUNTS.pettyCash, missingMinor, { reference: week }),
			credit(ACCOUNTS.cash, missingMinor, { reference: week }),
		]);
	}
	if (weekday(date) === 6) {
		const vouchers: readonly (readonly [string, number])[] = [
			[ACCOUNTS.staffWelfare, shillings(shop.random.between(12, 22) * 100)],
			[ACCOUNTS.cleaning, shillings(shop.random.between(8, 15) * 100)],
			[ACCOUNTS.transport, shillings(shop.random.between(14, 30) * 100)],
			[ACCOUNTS.stationery, shop.random.chance(45) ? shillings(shop.random.between(6, 19) * 50) : 0],
		];
		const totalMinor = vouchers.reduce((sum, [, amountMinor]) => sum + amountMinor, 0);
		shop.book.post(date, 'Petty cash vouchers of the week', [
			...vouchers.map(([account, amountMinor]) => debit(account, amountMinor, { reference: week })),
			credit(ACCOUNTS.pettyCash, totalMinor, { reference: week }),
		]);
	}
}

/** Tuesdays, Thursdays and Saturdays after closing: the card processor pays everything sold by card, less its commission. */
export function postCardSettlement(shop: Shop, date: CivilDate): void {
	if (![2, 4, 6].includes(weekday(date))) return;
	const grossMinor = shop.book.balanceMinor(ACCOUNTS.cardClearing);
	const commissionMinor = share(grossMinor, CARD_COMMISSION_BASIS_POINTS);
	const reference = `CARD ${date.slice(2).replaceAll('-', '')}`;
	shop.book.post(date, `Card settlement ${reference.slice(5)}`, [
		debit(ACCOUNTS.bank, grossMinor - commissionMinor, { reference }),
		debit(ACCOUNTS.cardCommission, commissionMinor, { reference }),
		credit(ACCOUNTS.cardClearing, grossMinor, { reference }),
	]);
}

/** Mondays, Wednesdays and Fridays: cash above the drawer's float goes to the bank in whole thousands. */
export function postCashBanked(shop: Shop, date: CivilDate): void {
	if (![1, 3, 5].includes(weekday(date))) return;
	const amountMinor = roundedDown(shop.book.balanceMinor(ACCOUNTS.cash) - shillings(20_000), shillings(1_000));
	if (amountMinor <= 0) return;
	shop.lastNumber.deposit += 1;
	const reference = `DEP ${shop.lastNumber.deposit}`;
	shop.book.post(date, `Cash banked, slip ${reference.slice(4)}`, [
		debit(ACCOUNTS.bank, amountMinor, { reference }),
		credit(ACCOUNTS.cash, amountMinor, { reference }),
	]);
}

/** Tuesdays and Fridays, and on the month's last day of trade: till charges are booked; on the first two what is above a float goes to the bank. */
export function postMobileMoneySweep(shop: Shop, date: CivilDate): void {
	const sweeps = [2, 5].includes(weekday(date));
	if (!sweeps && !isLastTradingDayOfMonth(date)) return;
	const amountMinor = roundedDown(shop.book.balanceMinor(ACCOUNTS.mobileMoney) - shillings(12_000), shillings(1_000));
	if (sweeps && amountMinor > 0) {
		const reference = receiptCode(shop, date);
		shop.tillChargesMinor += SWEEP_FEE;
		shop.book.post(date, `M-Pesa till to bank ${reference}`, [
			debit(ACCOUNTS.bank, amountMinor, { reference }),
			credit(ACCOUNTS.mobileMoney, amountMinor, { reference }),
		]);
	}
	const reference = receiptCode(shop, date);
	shop.book.post(date, `M-Pesa till charges ${reference}`, [
		debit(ACCOUNTS.mobileMoneyCharges, shop.tillChargesMinor, { reference }),
		credit(ACCOUNTS.mobileMoney, shop.tillChargesMinor, { reference }),
	]);
	shop.tillChargesMinor = 0;
}

/** What leaves the bank by the calendar: statutory deductions on the 9th, the owner on the 15th, VAT on the 20th, the loan on the 25th. */
export function postCalendarPayments(shop: Shop, date: CivilDate): void {
	const before = monthName(addMonths(date, -1));
	if (isBankingDayFrom(date, 9)) {
		payLiability(shop, date, `PAYE of ${before}`, [ACCOUNTS.paye]);
		payLiability(shop, date, `NSSF of ${before}`, [ACCOUNTS.nssf]);
		payLiability(shop, date, `SHIF of ${before}`, [ACCOUNTS.shif]);
		payLiability(shop, date, `Housing and training levies of ${before}`, [ACCOUNTS.housingLevy, ACCOUNTS.trainingLevy]);
	}
	if (isBankingDayFrom(date, 15)) payOut(shop, date, 'Owner, drawings of the month', [[ACCOUNTS.drawings, shillings(70_000)]]);
	if (isBankingDayFrom(date, 20)) payLiability(shop, date, `VAT of ${before}`, [ACCOUNTS.vatDue]);
	if (isBankingDayFrom(date, 25)) {
		const owedMinor = BigInt(-shop.book.balanceMinor(ACCOUNTS.loan));
		const interestMinor = Number((owedMinor * INTEREST_NUMERATOR + INTEREST_DENOMINATOR / 2n) / INTEREST_DENOMINATOR);
		payOut(shop, date, 'Loan instalment and interest', [
			[ACCOUNTS.loan, LOAN_INSTALMENT],
			[ACCOUNTS.loanInterest, interestMinor],
		]);
	}
	if (date === '2026-02-11') {
		payOut(shop, date, 'Stock computer bought', [
			[ACCOUNTS.computers, shillings(64_000)],
			[ACCOUNTS.vatInput, shillings(10_240)],
		]);
	}
}

/** The last banking day of the month: salaries, then the bank's own charges. */
export function postPayday(shop: Shop, date: CivilDate): void {
	if (!isLastBankingDayOfMonth(date)) return;
	const pay = payrollOf(date);
	const reference = `PAY-${date.slice(0, 7)}`;
	shop.book.post(date, `Payroll of ${monthName(date)}`, [
		debit(ACCOUNTS.salaries, pay.grossMinor, { reference }),
		debit(ACCOUNTS.employerNssf, pay.employerNssfMinor, { reference }),
		debit(ACCOUNTS.employerHousingLevy, pay.employerHousingLevyMinor, { reference }),
		debit(ACCOUNTS.employerTrainingLevy, pay.trainingLevyMinor, { reference }),
		credit(ACCOUNTS.paye, pay.payeMinor, { reference }),
		credit(ACCOUNTS.nssf, pay.nssfMinor, { reference }),
		credit(ACCOUNTS.shif, pay.shifMinor, { reference }),
		credit(ACCOUNTS.housingLevy, pay.housingLevyMinor, { reference }),
		credit(ACCOUNTS.trainingLevy, pay.trainingLevyMinor, { reference }),
		credit(ACCOUNTS.netSalaries, pay.netMinor, { reference }),
	]);
	payLiability(shop, date, `Salaries of ${monthName(date)}`, [ACCOUNTS.netSalaries]);
	const chargesMinor = ACCOUNT_FEE + shop.transfersSent * TRANSFER_FEE;
	const chargeReference = transferReference(shop, date);
	shop.book.post(date, `Bank charges of ${monthName(date)}`, [
		debit(ACCOUNTS.bankCharges, chargesMinor, { reference: chargeReference }),
		credit(ACCOUNTS.bank, chargesMinor, { reference: chargeReference }),
	]);
	shop.transfersSent = 0;
}

/** Pays all that stands on some liability accounts. */
function payLiability(shop: Shop, date: CivilDate, what: string, accounts: readonly string[]): void {
	payOut(
		shop,
		date,
		what,
		accounts.map((account) => [account, -shop.book.balanceMinor(account)] as const),
	);
}

function payOut(shop: Shop, date: CivilDate, what: string, debits: readonly (readonly [string, number])[]): void {
	const reference = transferReference(shop, date);
	const totalMinor = debits.reduce((sum, [, amountMinor]) => sum + amountMinor, 0);
	shop.transfersSent += 1;
	shop.book.post(date, what, [
		...debits.map(([account, amountMinor]) => debit(account, amountMinor, { reference })),
		credit(ACCOUNTS.bank, totalMinor, { reference, memo: what }),
	]);
}
