import { Autocomplete, CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useText } from '#renderer/lib/texts.ts';
import { resolved, suggest, type Suggestion } from './suggestions.ts';

interface NameFieldProps {
	readonly w: number;
	readonly label: string;
	readonly all: readonly Suggestion[];
	readonly value: string;
	readonly onPick: (value: string | undefined) => void;
}

/** An account or party to filter by, completed by code or name. */
export function NameField({ w, label, all, value, onPick }: NameFieldProps) {
	const text = useText();
	const shown = all.find((suggestion) => suggestion.value === value)?.label ?? value;
	const [typed, setTyped] = useState(shown);
	const [known, setKnown] = useState(shown);
	if (shown !== known) {
		setKnown(shown);
		setTyped(shown);
	}
	const take = (wanted: string) => {
		const found = resolved(all, wanted);
		if (found) onPick(found.value);
		else if (wanted.trim() === '' && value !== '') onPick(undefined);
	};
	return (
		<Autocomplete
			w={w}
			size="xs"
			aria-label={label}
			placeholder={label}
			value={typed}
			onChange={setTyped}
			onOptionSubmit={take}
			onBlur={() => {
				take(typed);
				if (!resolved(all, typed)) setTyped(typed.trim() === '' ? '' : shown);
			}}
			error={typed !== shown && typed.trim() !== '' && suggest(all, typed, 1).length === 0}
			data={suggest(all, typed === shown ? '' : typed, 20).map((suggestion) => suggestion.label)}
			filter={({ options }) => options}
			comboboxProps={{ width: 280, position: 'bottom-start', shadow: 'md' }}
			rightSection={
				value === '' ? undefined : <CloseButton size="xs" aria-label={text('journal.filter.remove', { filter: label })} onClick={() => onPick(undefined)} />
			}
		/>
	);
}
