/** How a customer or the company itself pays: bank transfer, cheque, or mobile money. */
export type PaymentWay = 'TRANSFER' | 'CHEQUE' | 'MOBILE_MONEY';

export interface SampleCustomer {
	readonly name: string;
	readonly termDays: number;
	/** Days after the due date on which this customer tends to pay. */
	readonly lateDays: number;
	readonly way: PaymentWay;
	/** Pays half when due and half two weeks later. */
	readonly paysInTwo?: boolean;
	/** Shillings before VAT of a usual order. */
	readonly usualOrder: number;
}

export interface SampleSupplier {
	readonly name: string;
	readonly prefix: string;
	readonly termDays: number;
	readonly way: PaymentWay;
	/** Shillings before VAT of a usual delivery; goods come twice a month. */
	readonly usualDelivery: number;
	/** Days of the month on which goods come. */
	readonly deliveryDays: readonly [number, number];
	/** Set up for transfers, but wants a cheque each time; the bank charges it as a transfer. */
	readonly wantsCheques?: boolean;
}

export const CUSTOMERS: readonly SampleCustomer[] = [
	{ name: 'Paper Giraffe Café', termDays: 14, lateDays: 1, way: 'MOBILE_MONEY', usualOrder: 46_000 },
	{ name: 'Tin Elephant Hotel', termDays: 30, lateDays: 4, way: 'TRANSFER', usualOrder: 168_000 },
	{ name: 'Quiet Drum Guesthouse', termDays: 30, lateDays: 0, way: 'CHEQUE', usualOrder: 94_000 },
	{ name: 'Seventh Spoon Catering', termDays: 30, lateDays: 8, way: 'TRANSFER', usualOrder: 121_000 },
	{ name: 'Lantern Hill School Kitchen', termDays: 30, lateDays: 12, way: 'CHEQUE', usualOrder: 139_000 },
	{ name: 'Zebra Umbrella Kiosks', termDays: 14, lateDays: 3, way: 'MOBILE_MONEY', usualOrder: 38_000 },
	{ name: 'Cloudberry Event Hire', termDays: 30, lateDays: 5, way: 'TRANSFER', usualOrder: 112_000 },
	{ name: 'Marble Kettle Restaurant', termDays: 30, lateDays: 2, way: 'TRANSFER', usualOrder: 87_000 },
	{ name: 'Umbrella Tree Lodge', termDays: 30, lateDays: 1, way: 'TRANSFER', paysInTwo: true, usualOrder: 154_000 },
	{ name: 'Half Moon Canteen', termDays: 14, lateDays: 2, way: 'CHEQUE', usualOrder: 59_000 },
	{ name: 'Clockwork Loaf Bakery', termDays: 30, lateDays: 6, way: 'TRANSFER', usualOrder: 76_000 },
	{ name: 'Blue Ladder Homeware', termDays: 30, lateDays: 3, way: 'TRANSFER', usualOrder: 103_000 },
];

export const GOODS_SUPPLIERS: readonly SampleSupplier[] = [
	{ name: 'Ironwood Pot Makers', prefix: 'IPM', termDays: 30, way: 'TRANSFER', usualDelivery: 336_000, deliveryDays: [6, 20] },
	{ name: 'Rainbarrel Plastics', prefix: 'RBP', termDays: 30, way: 'TRANSFER', usualDelivery: 270_000, deliveryDays: [8, 22] },
	{ name: 'Glass Heron Importers', prefix: 'GHI', termDays: 30, way: 'TRANSFER', usualDelivery: 206_000, deliveryDays: [12, 26] },
	{ name: 'Woven Moon Basketry', prefix: 'WMB', termDays: 14, way: 'CHEQUE', usualDelivery: 126_000, deliveryDays: [9, 23] },
	{ name: 'Polished Penguin Supplies', prefix: 'PPS', termDays: 30, way: 'TRANSFER', usualDelivery: 74_000, deliveryDays: [13, 27], wantsCheques: true },
];

/** Suppliers of services, invoiced once a month: `netShillings` before VAT, on the first working day from `invoiceDay` on. */
export const SERVICE_SUPPLIERS = [
	{ name: 'Baobab Yard Properties', prefix: 'BYP', termDays: 3, netShillings: 75_000, invoiceDay: 1, account: 'rent', what: 'Shop and store rent' },
	{ name: 'Kite String Internet', prefix: 'KSI', termDays: 10, netShillings: 6_500, invoiceDay: 3, account: 'internet', what: 'Internet' },
	{ name: 'Three Wheels Haulage', prefix: 'TWH', termDays: 14, netShillings: 28_000, invoiceDay: 24, account: 'transport', what: 'Deliveries to customers' },
] as const;
