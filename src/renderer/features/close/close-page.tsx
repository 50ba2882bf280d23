import { Title } from '@mantine/core';
import { useState } from 'react';
import { useGo } from '#renderer/lib/address.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { BooksStep } from './books-step.tsx';
import { CloseStep } from './close-step.tsx';
import { PackageStep } from './package-step.tsx';
import { ReconcileStep } from './reconcile-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { Stepper } from './stepper.tsx';
import { firstStep, isStep, type StepName } from './steps.ts';
import { type CloseView, useCloseView } from './use-close-view.ts';
import { YearAside } from './year-aside.tsx';
import classes from './close.module.css';

/** One period on its way through the five steps, with the year beside it. */
export function ClosePage({ period, chosen }: { readonly period: Period; readonly chosen: string }) {
	const text = useText();
	const { dateFormat } = useCompany();
	const { view, error, retry } = useCloseView(period);
	return (
		<div className={classes.page}>
			<div className={classes.work}>
				<Title order={1} mb="sm">
					{text('close.title', { period: period.name, from: shownDate(period.start, dateFormat), to: shownDate(period.end, dateFormat) })}
				</Title>
				{error !== null && error !== undefined && <ErrorNotice error={error} onRetry={retry} />}
				{view === null && !error && <Waiting what={text('close.loading', { period: period.name })} />}
				{view !== null && <Steps view={view} chosen={chosen} />}
			</div>
			<YearAside period={period} />
		</div>
	);
}

function Steps({ view, chosen }: { readonly view: CloseView; readonly chosen: string }) {
	const go = useGo();
	// Where it was opened: it stays there while things get done, unless a step is chosen.
	const [initial] = useState(() => firstStep(view.steps, view.period.status === 'CLOSED'));
	const [named = '', account = ''] = chosen.split('/');
	const step = isStep(named) ? named : initial;
	return (
		<>
			<Stepper steps={view.steps} current={step} onChoose={(name) => go({ place: 'close', rest: name })} />
			<StepBody step={step} view={view} account={account} />
		</>
	);
}

interface StepBodyProps {
	readonly step: StepName;
	readonly view: CloseView;
	/** The account that is being reconciled, as it stands in the address; '' for none. */
	readonly account: string;
}

function StepBody({ step, view, account }: StepBodyProps) {
	switch (step) {
		case 'books':
			return <BooksStep view={view} />;
		case 'reconcile':
			return <ReconcileStep view={view} account={account} />;
		case 'review':
			return <ReviewStep view={view} />;
		case 'close':
			return <CloseStep view={view} />;
		case 'package':
			return <PackageStep view={view} />;
	}
}
