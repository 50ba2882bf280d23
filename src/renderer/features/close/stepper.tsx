import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowRight, IconCheck, IconClock, IconExclamationMark } from '@tabler/icons-react';
import { useText } from '#renderer/lib/texts.ts';
import type { StepName, StepView } from './steps.ts';
import classes from './stepper.module.css';

const ICONS = { DONE: IconCheck, MISSING: IconExclamationMark, WAITING: IconClock } as const;

/** The five steps, each with its own count of what is missing. */
export function Stepper({
	steps,
	current,
	onChoose,
}: {
	readonly steps: readonly StepView[];
	readonly current: StepName;
	readonly onChoose: (step: StepName) => void;
}) {
	const text = useText();
	return (
		<nav aria-label={text('close.steps')}>
			<ol className={classes.steps}>
				{steps.map(({ step, state, missing }, index) => {
					// The close itself misses nothing once it is its turn.
					const Icon = state === 'MISSING' && missing === 0 ? IconArrowRight : ICONS[state];
					return (
						<li key={step} className={classes.item}>
							<UnstyledButton className={classes.step} data-state={state} aria-current={step === current ? 'step' : undefined} onClick={() => onChoose(step)}>
								<span className={classes.mark} data-state={state} aria-hidden>
									{missing > 0 ? missing : <Icon size={13} stroke={2.5} />}
								</span>
								<span className={classes.words}>
									<span className={classes.name}>
										<VisuallyHidden>{index + 1}. </VisuallyHidden>
										{text(`close.step.${step}`)}
									</span>
									<span className={classes.state}>{text(`close.step.${step}.${state}`, { count: missing })}</span>
								</span>
							</UnstyledButton>
						</li>
					);
				})}
			</ol>
		</nav>
	);
}
