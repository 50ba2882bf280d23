import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type Ref, useMemo } from 'react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { FilterField } from './filter-field.tsx';
import type { ListView } from './journal-address.ts';
import { amountsOf } from './list-filter.ts';
import { NameField } from './name-field.tsx';
import { typedDate } from '#renderer/lib/typed-date.ts';
import { useDateContext } from './use-date-context.ts';
import { useNames } from './use-names.ts';

const SOURCES = ['MANUAL', 'IMPORT', 'OPENING', 'TRANSFER', 'ADJUSTING', 'REVERSAL', 'CLOSING'] as const;

interface FilterBarProps {
	readonly view: ListView;
	readonly onChange: (changed: Partial<Record<keyof ListView, string | undefined>>) => void;
	readonly searchRef: Ref<HTMLInputElement>;
	/** Enter and Escape in a field go back to the rows. */
	readonly onLeave: () => void;
}

/** What the list shows, each choice at once in the address. */
export function FilterBar({ view, onChange, searchRef, onLeave }: FilterBarProps) {
	const text = useText();
	const { currency } = useCompany();
	const names = useNames();
	const isFiltered = Object.keys(view).some((field) => !['order', 'at'].includes(field));
	return (
		<Group gap={6} px="md" pb="xs" role="search" aria-label={text('journal.filters')}>
			<FilterField value={view.text ?? ''} onChange={(value) => onChange({ text: value })} onLeave={onLeave} waitMs={250}>
				{(field) => (
					<TextInput
						{...field}
						ref={searchRef}
						w={150}
						size="xs"
						aria-label={text('journal.filter.text')}
						placeholder={text('journal.filter.text')}
						leftSection={<IconSearch size={14} aria-hidden />}
					/>
				)}
			</FilterField>
			<DatesFilter view={view} onChange={onChange} onLeave={onLeave} />
			<NameField
				w={130}
				label={text('journal.filter.account')}
				all={names.accounts}
				value={view.account ?? ''}
				onPick={(value) => onChange({ account: value })}
			/>
			<NameField w={115} label={text('journal.filter.party')} all={names.parties} value={view.party ?? ''} onPick={(value) => onChange({ party: value })} />
			<FilterField
				value={view.amount ?? ''}
				onChange={(value) => onChange({ amount: value })}
				onLeave={onLeave}
				check={(typed) => amountsOf(typed, currency) !== null}
			>
				{(field) => (
					<TextInput
						{...field}
						w={90}
						size="xs"
						aria-label={text('journal.filter.amount')}
						placeholder={text('journal.filter.amount')}
						title={text('journal.filter.amount.hint')}
					/>
				)}
			</FilterField>
			<KindFilters view={view} onChange={onChange} />
			{isFiltered && (
				<Button
					size="xs"
					variant="subtle"
					leftSection={<IconX size={14} aria-hidden />}
					onClick={() => onChange(Object.fromEntries(Object.keys(view).flatMap((field) => (field === 'order' ? [] : [[field, undefined]]))))}
				>
					{text('journal.filter.clear')}
				</Button>
			)}
		</Group>
	);
}

function KindFilters({ view, onChange }: Pick<FilterBarProps, 'view' | 'onChange'>) {
	const text = useText();
	return (
		<>
			<Select
				w={110}
				size="xs"
				aria-label={text('journal.filter.source')}
				placeholder={text('journal.filter.source')}
				clearable
				data={SOURCES.map((value) => ({ value, label: text(`journal.source.${value}`) }))}
				value={view.source ?? null}
				onChange={(value) => onChange({ source: value ?? undefined })}
			/>
			<Select
				w={100}
				size="xs"
				aria-label={text('journal.filter.status')}
				placeholder={text('journal.filter.status')}
				clearable
				data={(['POSTED', 'DRAFT'] as const).map((value) => ({ value, label: text(`journal.status.${value}`) }))}
				value={view.status ?? null}
				onChange={(value) => onChange({ status: value ?? undefined })}
			/>
		</>
	);
}

function DatesFilter({ view, onChange, onLeave }: Pick<FilterBarProps, 'view' | 'onChange' | 'onLeave'>) {
	const text = useText();
	const { period } = useCompany();
	const dates = useDateContext();
	const hasSpan = view.from !== undefined || view.to !== undefined;
	const choice = hasSpan ? 'span' : view.dates === 'all' || period === null ? 'all' : 'period';
	const data = useMemo(
		() => [
			...(period ? [{ value: 'period', label: text('journal.filter.period', { period: period.name }) }] : []),
			{ value: 'all', label: text('journal.filter.allDates') },
			{ value: 'span', label: text('journal.filter.span') },
		],
		[period, text],
	);
	const choose = (value: string | null) =>
		onChange({
			dates: value === 'all' ? 'all' : undefined,
			from: value === 'span' ? (period?.start ?? dates.today) : undefined,
			to: value === 'span' ? (period?.end ?? dates.today) : undefined,
		});
	const isDate = (typed: string) => typed.trim() === '' || typedDate(typed, dates) !== null;
	const set = (field: 'from' | 'to') => (value: string | undefined) =>
		onChange({ [field]: value === undefined ? undefined : (typedDate(value, dates) ?? undefined), dates: undefined });
	return (
		<>
			<Select w={140} size="xs" aria-label={text('journal.filter.dates')} allowDeselect={false} data={data} value={choice} onChange={choose} />
			{choice === 'span' &&
				(['from', 'to'] as const).map((field) => (
					<FilterField key={field} value={view[field] ?? ''} onChange={set(field)} onLeave={onLeave} check={isDate}>
						{(props) => <TextInput {...props} w={96} size="xs" aria-label={text(`journal.filter.${field}`)} placeholder={text(`journal.filter.${field}`)} />}
					</FilterField>
				))}
		</>
	);
}
