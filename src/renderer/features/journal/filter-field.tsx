import { type ChangeEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

interface FieldProps {
	readonly value: string;
	readonly error: boolean;
	readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
	readonly onBlur: () => void;
	readonly onKeyDown: (event: KeyboardEvent) => void;
}

interface FilterFieldProps {
	readonly value: string;
	readonly onChange: (value: string | undefined) => void;
	readonly onLeave: () => void;
	readonly check?: (typed: string) => boolean;
	/** Takes what is typed so long after the last key; otherwise at Enter or when the field is left. */
	readonly waitMs?: number;
	readonly children: (field: FieldProps) => ReactNode;
}

/** A field of a filter: what can't be read is marked and filters nothing. */
export function FilterField({ value, onChange, onLeave, check = () => true, waitMs, children }: FilterFieldProps) {
	const [typed, setTyped] = useState(value);
	const [known, setKnown] = useState(value);
	const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
	if (value !== known) {
		setKnown(value);
		setTyped(value);
	}
	useEffect(() => () => clearTimeout(timer.current), []);
	const take = (wanted: string) => {
		clearTimeout(timer.current);
		if (wanted.trim() !== value && check(wanted)) onChange(wanted.trim() === '' ? undefined : wanted.trim());
	};
	return children({
		value: typed,
		error: !check(typed),
		onChange: (event) => {
			const wanted = event.currentTarget.value;
			setTyped(wanted);
			clearTimeout(timer.current);
			if (waitMs !== undefined) timer.current = setTimeout(() => take(wanted), waitMs);
		},
		onBlur: () => take(typed),
		onKeyDown: (event) => {
			if (event.key === 'Escape') setTyped(value);
			if (event.key === 'Enter') take(typed);
			if (event.key === 'Enter' || event.key === 'Escape') onLeave();
		},
	});
}
