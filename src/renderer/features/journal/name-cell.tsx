import { Portal } from '@mantine/core';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { type CellProps, CellFault } from './cells.tsx';
import { resolved, suggest, type Suggestion } from './suggestions.ts';
import classes from './editor.module.css';

interface NameCellProps extends CellProps {
	readonly all: readonly Suggestion[];
}

/** An account or party: completed by code or name while it is typed, shown with both when it is left. */
export function NameCell({ all, value, onChange, label, fault, place, onKeyDown }: NameCellProps) {
	const listId = useId();
	const faultId = useId();
	const input = useRef<HTMLInputElement>(null);
	const [typed, setTyped] = useState<string | null>(null);
	const [active, setActive] = useState(0);
	const known = all.find((suggestion) => suggestion.value === value);
	const shown = known?.label ?? value;
	const options = typed === null || typed === '' || typed === shown ? [] : suggest(all, typed);
	const rect = options.length > 0 ? input.current?.getBoundingClientRect() : undefined;
	const pick = (suggestion: Suggestion) => {
		onChange(suggestion.value);
		setTyped(suggestion.label);
	};
	// What is left half typed is taken for the suggestion that is marked.
	const settle = (): void => {
		if (typed === null || typed === shown) return;
		const found = resolved(all, typed) ?? options[active] ?? null;
		onChange(found?.value ?? typed.trim());
	};
	const handleKey = (event: KeyboardEvent<HTMLInputElement>): void => {
		if (options.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
			event.preventDefault();
			setActive((active + (event.key === 'ArrowDown' ? 1 : options.length - 1)) % options.length);
			return;
		}
		if (options.length > 0 && event.key === 'Escape') {
			event.preventDefault();
			event.stopPropagation();
			setTyped(shown);
			return;
		}
		if (event.key === 'Enter' || (event.key === 's' && (event.ctrlKey || event.metaKey))) {
			settle();
			setTyped(null);
		}
		onKeyDown(event);
	};
	return (
		<>
			<input
				ref={input}
				className={classes.cell}
				role="combobox"
				aria-autocomplete="list"
				aria-expanded={options.length > 0}
				aria-controls={options.length > 0 ? listId : undefined}
				aria-activedescendant={options.length > 0 ? `${listId}-${active}` : undefined}
				aria-label={label}
				aria-invalid={fault !== undefined}
				aria-describedby={fault === undefined ? undefined : faultId}
				autoComplete="off"
				{...place}
				value={typed ?? shown}
				onFocus={(event) => event.currentTarget.select()}
				onChange={(event) => {
					setTyped(event.currentTarget.value);
					setActive(0);
				}}
				onBlur={() => {
					settle();
					setTyped(null);
				}}
				onKeyDown={handleKey}
			/>
			<CellFault id={faultId} fault={fault} />
			{rect && <NameOptions id={listId} label={label} options={options} active={active} at={rect} onPick={pick} />}
		</>
	);
}

interface NameOptionsProps {
	readonly id: string;
	readonly label: string;
	readonly options: readonly Suggestion[];
	readonly active: number;
	/** The cell that they stand below. */
	readonly at: DOMRect;
	readonly onPick: (suggestion: Suggestion) => void;
}

function NameOptions({ id, label, options, active, at, onPick }: NameOptionsProps) {
	return (
		<Portal>
			<ul id={id} role="listbox" aria-label={label} className={classes.options} style={{ top: at.bottom + 2, left: at.left }}>
				{options.map((suggestion, index) => (
					<li
						key={suggestion.value}
						id={`${id}-${index}`}
						role="option"
						aria-selected={index === active}
						onMouseDown={(event) => {
							event.preventDefault();
							onPick(suggestion);
						}}
					>
						{suggestion.label}
					</li>
				))}
			</ul>
		</Portal>
	);
}
